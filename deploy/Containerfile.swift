# An S3-compatible store for one machine: OpenStack Swift with its S3 API, one replica in a plain directory.
# For trials and small installations; a province keeps its media in its platform's own object store.
#   podman build -f deploy/Containerfile.swift -t pingyou-store:0.1.0 .
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY deploy/swift.lock /build/swift.lock
RUN python3 -m venv /opt/venv \
    && /opt/venv/bin/pip install --require-hashes --only-binary=:all: -r /build/swift.lock \
    && /opt/venv/bin/python -m pip uninstall -y -q pip

FROM ${BASE}
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
COPY --from=build /opt/venv /opt/venv
COPY deploy/swift_store.py /srv/swift_store.py
# Swift looks its user up by name; the data directory is owned by it, so that a fresh named volume is writable.
RUN groupadd --gid 65532 store \
    && useradd --uid 65532 --gid 65532 --no-create-home --shell /usr/sbin/nologin store \
    && install -d -o 65532 -g 65532 /store
VOLUME /store
WORKDIR /srv
USER 65532:65532
EXPOSE 9000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:9000/healthcheck', timeout=2)"]
ENTRYPOINT ["python3", "/srv/swift_store.py"]
