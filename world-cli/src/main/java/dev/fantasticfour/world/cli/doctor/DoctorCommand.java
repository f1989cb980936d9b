package dev.fantasticfour.world.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.doctor.Diagnosis.Level;
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
      "Check JDK, variables, PostgreSQL, Redis and builds: one line each, with what to do.",
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
    List<Diagnosis> diagnoses = new ArrayList<>();
    diagnoses.add(MachineChecks.jdk());
    List<Diagnosis> variables = MachineChecks.variables(session);
    diagnoses.addAll(variables);
    if (variables.stream().noneMatch(diagnosis -> diagnosis.level() == Level.FAIL)) {
      WorldConfig config = session.config();
      diagnoses.addAll(PostgresChecks.of(config));
      boolean isUsable = diagnoses.stream().noneMatch(found -> found.level() == Level.FAIL);
      diagnoses.addAll(RedisChecks.of(session, config));
      if (isUsable) {
        diagnoses.addAll(BuildChecks.of(session));
        diagnoses.addAll(RetentionChecks.of(session));
      }
    }
    new Printed(session, output)
        .value(
            () -> json(diagnoses),
            () -> diagnoses.stream().map(Diagnosis::line).collect(Collectors.joining("\n")));
    return diagnoses.stream().mapToInt(Diagnosis::exitCode).max().orElse(ExitCode.OK);
  }

  private static ObjectNode json(List<Diagnosis> diagnoses) {
    ObjectNode node = Json.object();
    node.put("ok", diagnoses.stream().noneMatch(diagnosis -> diagnosis.level() == Level.FAIL));
    ArrayNode checks = node.putArray("checks");
    for (Diagnosis diagnosis : diagnoses) {
      checks
          .addObject()
          .put("check", diagnosis.check())
          .put("level", diagnosis.level().name())
          .put("found", diagnosis.found())
          .put("advice", diagnosis.advice());
    }
    return node;
  }
}
