"""What the people of the rehearsal are called: invented, the same name for the same account each time."""

from zlib import crc32

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "文博 晓燕 志强 丽华 建国 雅琴 海涛 美玲 俊杰 秀英 国栋 佳怡 卫东 静怡 永康 慧敏 立新 春梅 思远 淑芬 "
    "少华 婉清 宏伟 巧玲 明辉 素珍 振华 若兰 学军 红梅 天成 玉洁 景行 月华 启明 云霞 长安 青青 子涵 敬之"
).split()


def invented(account: str) -> str:
    """A person's name for this account."""
    number = crc32(account.encode())
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % len(GIVEN)]
