# syntax=docker/dockerfile:1
# Both programs from one build, and beside them what makes backups and checks of them:
#   docker build --target api -t tms-api .
#   docker build --target silo -t tms-silo .
#   docker build --target upkeep -t tms-upkeep .
# VERSION is what /services and admin/cluster say of a process: two of them side by side are an upgrade under way.
# DOTNET pins a patch (10.0.12) where builds must repeat; as it stands, a rebuild brings the latest fixes of 10.0.
ARG DOTNET=10.0

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET}-noble AS build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
ARG VERSION=1.0.0
WORKDIR /source
COPY . .
# The XML of our own assemblies goes along: /docs/errors reads its words there.
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish Api -c Release --use-current-runtime --self-contained false -o /out/api/app -p:Version=$VERSION \
 && dotnet publish Silo -c Release --use-current-runtime --self-contained false -o /out/silo/app -p:Version=$VERSION \
 && mkdir -p /out/writable/data /out/kept/backups /out/kept/heads

# No shell and no package manager. ICU and time zones are in it: text is compared in Norwegian, and days end in Oslo.
FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET}-noble-chiseled-extra AS runtime
ENV Tms__DataPath=/data
# The one folder that the programs write. It keeps its owner when a volume is laid over it.
COPY --from=build --chown=$APP_UID:$APP_UID /out/writable/ /
WORKDIR /app
USER $APP_UID

# scripts/nightly and what it runs: a shell, PostgreSQL's programs of the server's version, and both programs for their verbs.
FROM postgres:17.6-bookworm AS upkeep
COPY --from=runtime /usr/share/dotnet /usr/share/dotnet
COPY --from=build /out/silo/app /tms/Silo
COPY --from=build /out/api/app /tms/Api
COPY scripts /tms/scripts
COPY --from=build --chown=1654:1654 /out/kept/ /
ENV DOTNET_ROOT=/usr/share/dotnet TMS_PROGRAMS=/tms
USER 1654
ENTRYPOINT ["/tms/scripts/nightly", "/backups"]

FROM runtime AS silo
COPY --from=build /out/silo/ /
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080 11111 30000
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=3 \
    CMD ["dotnet", "Tms.Silo.dll", "health", "http://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["dotnet", "Tms.Silo.dll"]

FROM runtime AS api
COPY --from=build /out/api/ /
ENV ASPNETCORE_HTTP_PORTS=8000
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=3 \
    CMD ["dotnet", "Tms.Api.dll", "health", "http://127.0.0.1:8000/health/ready"]
ENTRYPOINT ["dotnet", "Tms.Api.dll"]
