// Runs once in the chat page; the markup is made by show.py, so listeners sit on the document.
() => {
  document.documentElement.lang = "ko";

  const copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    // Opened from another machine over plain http there is no clipboard API.
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".ra-copy");
    if (button) {
      await copy(button.parentElement.querySelector(".ra-clip").textContent);
      button.textContent = "복사했습니다";
      setTimeout(() => (button.textContent = "인용 복사"), 1500);
    }
    const reference = event.target.closest?.(".ra-ref");
    if (reference) {
      const number = reference.textContent.trim();
      const cite = [...reference.closest(".ra-answer").querySelectorAll(".ra-cite")].find(
        (one) => one.querySelector(".ra-number").textContent === number,
      );
      if (cite) {
        cite.open = true;
        cite.querySelector("summary").focus();
      }
    }
  });

  // A new question comes to the top of the chat; as its answer grows it stays, unless the reader moved.
  let question, reply, rested;
  new MutationObserver(() => {
    const last = (name) => [...document.querySelectorAll(`#chat ${name}`)].at(-1);
    const asked = last(".ra-question");
    const said = last(".ra-answer, .ra-notice");
    if (!asked || (asked === question && said === reply)) return;
    const scroller = asked.closest(".bubble-wrap");
    const moved = asked === question && scroller.scrollTop !== rested;
    [question, reply] = [asked, said];
    if (moved) return;
    const row = asked.closest(".message-row") ?? asked;
    scroller.scrollTop += row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 28;  // below the clear button
    rested = scroller.scrollTop;
  }).observe(document.body, { childList: true, subtree: true });

  // Enter that only ends a Hangul syllable must not send the question.
  for (const type of ["keydown", "keypress"]) {
    document.addEventListener(
      type,
      (event) => {
        if (event.key === "Enter" && event.isComposing) event.stopPropagation();
      },
      true,
    );
  }
}
