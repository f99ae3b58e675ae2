# rasid in a container: docker build -t rasid . && docker run --rm -v "$PWD:/work" rasid code pages/
FROM python:3.11-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE NOTICE requirements.lock ./
COPY src src
COPY samples/pages samples/pages
# The versions that rasid is tested with; the lock holds more than is installed here.
RUN python -m venv /opt/rasid \
    && PIP_CONSTRAINT=requirements.lock /opt/rasid/bin/pip install --no-cache-dir ".[charts,pandas]"

FROM python:3.11-slim-bookworm
COPY --from=build /opt/rasid /opt/rasid
RUN useradd --create-home --uid 1000 rasid
ENV PATH=/opt/rasid/bin:$PATH PYTHONUTF8=1
USER 1000
WORKDIR /work
EXPOSE 8000
ENTRYPOINT ["rasid"]
CMD ["--help"]
