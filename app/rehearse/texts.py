"""Words of the play: ours, not the notice's."""

STATEMENT = (
    "该窗口推行一窗受理、即时办结和首问负责，延时服务与上门代办的做法已在全市推广，"
    "群众满意率连续三年居同类窗口前列，具有典型性和示范作用。"
)
SUMMARY = (
    "召开服务对象座谈会并发放问卷，群众普遍反映窗口人员态度热情、一次性告知清楚、办事时限明显缩短，"
    "建议增加午间值班窗口，已予采纳并公布。"
)
_PARAGRAPH = (
    "该窗口坚持依法办事，公开办事依据、条件、程序和时限，对服务对象提出的问题当场答复，不能当场答复的按承诺时限回复。"
    "全年受理各类事项数万件，按时办结率保持在百分之九十九以上。窗口人员挂牌上岗，实行首问负责和一次性告知，"
    "对行动不便的群众提供上门服务和预约服务，并设立意见箱、监督电话和社会监督员，每季度公布整改情况。"
)


def write_up(characters: int = 4000) -> str:
    """A write-up of about so many characters."""
    wanted = _PARAGRAPH * (characters // len(_PARAGRAPH) + 1)
    return wanted[:characters]
