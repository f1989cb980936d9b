package dev.fantasticfour.world.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.doctor.Finding.Level;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world doctor}. */
@Command(
    name = "doctor",
    description = {
      "Check JDK, variables, PostgreSQL and Redis: one line each, with what to do.",
      "Exit code 1 when something is wrong, 2 when a server does not answer."
    })
public final class DoctorCommand implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  public DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    findings.add(MachineChecks.jdk());
    List<Finding> variables = MachineChecks.variables(session);
    findings.addAll(variables);
    if (variables.stream().noneMatch(finding -> finding.level() == Level.FAIL)) {
      WorldConfig config = session.config();
      findings.addAll(PostgresChecks.of(config));
      findings.addAll(RedisChecks.of(session, config));
    }
    new Printed(session, output)
        .value(
            () -> json(findings),
            () -> findings.stream().map(Finding::line).collect(Collectors.joining("\n")));
    return findings.stream().mapToInt(Finding::exitCode).max().orElse(ExitCode.OK);
  }

  private static ObjectNode json(List<Finding> findings) {
    ObjectNode node = Json.object();
    node.put("ok", findings.stream().noneMatch(finding -> finding.level() == Level.FAIL));
    ArrayNode checks = node.putArray("checks");
    for (Finding finding : findings) {
      checks
          .addObject()
          .put("check", finding.check())
          .put("level", finding.level().name())
          .put("found", finding.found())
          .put("advice", finding.advice());
    }
    return node;
  }
}
