# syntax=docker/dockerfile:1
# One image for web, stream, worker, beat and migrate; the command chooses.

FROM node:24-bookworm-slim AS front
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --include=dev
COPY . .
RUN npm run build

FROM python:3.13-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r requirements.txt \
    && /opt/venv/bin/pip install --no-deps --only-binary :all: polib==1.2.0 --target /opt/tools

FROM python:3.13-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    BIND=0.0.0.0 FILES_ROOT=/data/files CREDENTIAL_KEYS=/data/keys STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin plg \
    && install --directory --owner plg --group plg /data/files /data/keys /data/beat /srv/static
WORKDIR /srv/plg
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=front /build/static/dist static/dist
# Translations and static files are part of the image. The settings need values here; none is kept.
RUN --mount=from=packages,source=/opt/tools,target=/opt/tools \
    PYTHONPATH=/opt/tools python tools/messages.py compile \
    && SECRET_KEY=only-while-the-image-is-made-0123456789012345678901234567 \
    BASE_URL=https://build.invalid DATABASE_URL=postgresql://build.invalid/plg \
    REDIS_URL=redis://build.invalid EMAIL_URL=smtp://build.invalid \
    python manage.py collectstatic --noinput --verbosity 0
USER plg
EXPOSE 8000
VOLUME /data/files /data/keys
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s CMD ["python", "-m", "plg_platform.health.probe"]
CMD ["gunicorn", "-c", "python:plg_platform.gunicorn", "plg_platform.wsgi"]
