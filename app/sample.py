"""The sample installation: what `make run` shows when it is up."""

from fastapi import FastAPI

from app.http import Plant


def prepare(app: FastAPI) -> str:
    """The lines printed at start: where to go."""
    plant: Plant = app.state.plant
    base = plant.settings.public_url
    return "\n".join(
        (
            "评优 Pingyou — 样例安装 / sample installation",
            f"  网页 / pages        {base}/",
            f"  接口文档 / API docs {base}/reference",
            f"  OpenAPI             {base}/openapi.json",
        )
    )
