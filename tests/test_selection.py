from __future__ import annotations

from rag.question import analyse
from rag.ranking import Scored
from rag.selection import Selection, select, select_list
from tests.made import scored, statement

LIST, FACT = analyse("교육 과정을 모두 알려 주세요."), analyse("어떻게 신청하나요?")
PARENT = "○ 고를 수 있는 교육 과정"
ITEMS = ("경영사무", "영상편집", "생산관리")


def _items(*contexts: str, score: float = 5.0) -> list[Scored]:
    """The items as ranking might order them: not as printed."""
    numbered = enumerate(ITEMS, start=2)
    found = [scored(statement(f"- {text}", *contexts, line=n), score) for n, text in numbered]
    return found[::-1]


def _texts(selection: Selection) -> list[str]:
    return [one.statement.text for one in selection.items]


def test_a_list_s_parent_is_answered_by_its_items_as_printed() -> None:
    selection = select_list(LIST, [scored(statement(PARENT), 10.0), *_items(PARENT)], {})
    assert selection.listed
    assert _texts(selection) == [f"- {item}" for item in ITEMS]


def test_an_item_of_a_list_is_answered_with_its_neighbours() -> None:
    first, *rest = _items("○ 과정", score=8.0)
    selection = select_list(LIST, [first, *rest], {})
    assert _texts(selection) == [f"- {item}" for item in ITEMS]


def test_a_statement_that_is_a_list_itself_is_enough() -> None:
    best = scored(statement("- 과정 : 경영사무, 영상편집, 생산관리"))
    selection = select_list(LIST, [best, *_items()], {})
    assert (selection.listed, selection.items) == (False, (best,))


def test_a_close_statement_that_adds_something_is_said_too() -> None:
    best, close = scored(statement("누리집에서 신청"), 10), scored(statement("전화로 신청"), 9.5)
    assert _texts(select(FACT, [best, close])) == ["누리집에서 신청", "전화로 신청"]


def test_one_far_behind_or_already_said_is_left_out() -> None:
    best = scored(statement("누리집과 전화로 신청"), 10)
    same, far = scored(statement("전화로 신청"), 9.9), scored(statement("방문하여 신청"), 2)
    assert _texts(select(FACT, [best, same, far])) == ["누리집과 전화로 신청"]


def test_at_most_three_statements_are_said() -> None:
    ranked = [scored(statement(f"{n}번 창구에서 신청"), 10) for n in range(9)]
    assert len(select(FACT, ranked).items) == 3


def test_a_comparison_says_what_the_best_statement_leaves_out() -> None:
    taxi, van = (
        scored(statement("39,180", "2024년", "택시")),
        scored(statement("97,860", "2024년", "특장차"), 6.0),
    )
    other = scored(statement("15분", "대기시간"), 7.0)
    selection = select(analyse("특장차와 택시는 각각 몇 건인가요?"), [taxi, other, van])
    assert [one.statement.text for one in selection.items] == ["39,180", "97,860"]
