package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.api.run.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The side in the other JVM: takes orders by standard input and ends with it. */
final class AttackerJvm {

  private static final PrintStream OUT = System.out;

  private AttackerJvm() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Side side = new Side(arguments[0], arguments[1], Long.parseLong(arguments[2]))) {
      OUT.println(OtherJvm.DONE);
      for (String order; (order = orders.readLine()) != null; ) {
        obey(side, order.split(" "));
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private static void obey(Side side, String[] order) throws IOException, InterruptedException {
    List<RunId> runs = Arrays.stream(order[1].split(",")).map(RunId::new).toList();
    if (order[0].equals("digest")) {
      OUT.println(LogDigest.of(side.storage(), runs));
    } else {
      List<String> tokens = List.of(order[2].split(","));
      for (Answer answer : side.round(Integer.parseInt(order[0]), runs, tokens)) {
        OUT.println(answer.line());
      }
    }
    OUT.println(OtherJvm.DONE);
  }
}
