# Not built by the project's own checks: they run where there is no container engine.
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN ./verify package -pl distribution -am -DskipTests

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home millrace
COPY --from=build /src/distribution/target/millrace /opt/millrace
RUN /opt/millrace/bin/prepare
# In a container the application is elsewhere: mount a configuration that listens on 0.0.0.0.
USER 10001
EXPOSE 4317 4318 8888
# The launcher replaces itself with the JVM, which is process 1 and receives SIGTERM.
ENTRYPOINT ["/opt/millrace/bin/millrace"]
CMD ["--config=/opt/millrace/config/collector.yaml"]
