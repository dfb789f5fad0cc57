"""Notices at the pages, without any script: what a new one already says, and which act its page puts first."""

import re

from tests.flow_cases import HANGZHOU, NINGBO
from tests.web.page_walk import field
from tests.whole_campaign import Whole

BASIS = "关于开展优质服务窗口评选表彰活动的通知（劳社部函〔2026〕153号）"


def test_a_new_notice_names_the_campaigns_paper_and_whom_the_units_last_notice_named(campaign: Whole) -> None:
    flow = campaign.flow
    again = flow.officer(HANGZHOU).page(f"{flow.url}/draft-notice").text
    first = flow.officer(NINGBO).page(f"{flow.url}/draft-notice").text

    assert (BASIS in again, BASIS in first) == (True, True)
    assert (field(again, "contact_office"), field(again, "contact_phone")) == ("市局监察室", "0571-85110000")
    assert (field(first, "contact_office"), field(first, "contact_phone")) == ("宁波市劳动和社会保障局", "")
    assert field(again, "title") == ""


def test_no_act_is_put_first_while_a_notice_runs_and_its_conclusion_when_it_has_ended(
    campaign: Whole,
) -> None:
    flow, (case,) = campaign.flow, campaign.at["AT_NOTICE"]
    approver = case.approver
    page = approver.page(case.url).text
    notice = re.findall(r'href="(/notices/[^"]+)"', page)[0]

    running = approver.page(notice).text
    flow.service.clock.advance(days=8)
    ended = approver.page(notice).text

    assert "btn-primary" not in running.split('<main id="main"')[1]
    assert re.findall(r'btn-primary" href="([^"]+)"', ended) == [f"{notice}/conclude"]
