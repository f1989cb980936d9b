# The `world` command as an image: made of the archive of `mvn -Pdistribution package`, see docs/releasing.md.
# No shell is needed to run it, nothing is written but to /tmp, and nobody is root.
FROM eclipse-temurin:25-jre AS unpacked
ARG ARCHIVE=world-cli/target/world-*.tar.gz
COPY ${ARCHIVE} /tmp/world.tar.gz
RUN mkdir /opt/world && tar -xzf /tmp/world.tar.gz -C /opt/world --strip-components=1

FROM eclipse-temurin:25-jre
COPY --from=unpacked /opt/world /opt/world
# Not `world`: a number is what a cluster can check.
USER 10001:10001
WORKDIR /tmp
# What the launcher would say to the JVM; what an archive of classes would save is not worth a place to write.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:MaxRAMPercentage=75", \
  "--sun-misc-unsafe-memory-access=allow", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", \
  "-Dstderr.encoding=UTF-8", "-jar", "/opt/world/lib/world.jar"]
CMD ["--help"]
HEALTHCHECK --interval=30s --timeout=20s --start-period=20s \
  CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "--sun-misc-unsafe-memory-access=allow", \
    "-jar", "/opt/world/lib/world.jar", "doctor"]
