"""How the bundled model's tokenizer is put together."""

from __future__ import annotations

from tokenizers import (
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)

from rag.packed import Vocabulary

SPACE = "▁"
# Characters the model was trained to drop, to see as a space, and to keep although NFKC would not.
_DROPPED = "[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]"
_SPACES = "[\\t\\n\\f\\r\\u1680\\u200b-\\u200f\\u2028\\u2029\\u2581\\ufeff\\ufffd]"
_WIDE_TILDE, _STAND_IN = "～", "\ue000"


def build_normalizer() -> normalizers.Normalizer:
    """NFKC but for the characters above."""
    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.Replace(_WIDE_TILDE, _STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(_STAND_IN, _WIDE_TILDE),
        ]
    )


def build_splitter() -> pre_tokenizers.PreTokenizer:
    """Words parted by white space, each with the space mark in front."""
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always"),
        ]
    )


def build_tokenizer(vocabulary: Vocabulary, *, max_tokens: int) -> Tokenizer:
    """Text to `<s> … </s>`, at most `max_tokens`; offsets count in the text as given."""
    pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=vocabulary.unk, byte_fallback=False))
    tokenizer.normalizer = build_normalizer()
    tokenizer.pre_tokenizer = build_splitter()
    tokenizer.decoder = decoders.Metaspace(replacement=SPACE, prepend_scheme="always")
    first, last = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}",
        pair=f"{first} $A {last} {last} $B {last}",
        special_tokens=[(first, vocabulary.bos), (last, vocabulary.eos)],
    )
    tokenizer.enable_truncation(max_tokens)
    return tokenizer
