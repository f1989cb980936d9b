package dev.fantasticfour.world.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Runs a command in this process. */
record Cli(Map<String, String> variables) {

  /** How a command ended. */
  record Outcome(int code, String out, String err) {

    JsonNode json() throws Exception {
      return new ObjectMapper().readTree(out);
    }

    List<String> lines() {
      return (out + err).lines().toList();
    }
  }

  Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            arguments, variables, new PrintWriter(out), new PrintWriter(err), OptionalInt.empty());
    return new Outcome(code, out.toString(), err.toString());
  }
}
