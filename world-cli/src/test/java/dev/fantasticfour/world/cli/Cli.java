package dev.fantasticfour.world.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Runs a command in this process. */
record Cli(Map<String, String> variables) {

  /** How a command ended. */
  record Outcome(int code, String out, String err) {

    /** The only line, which is a document. */
    JsonNode json() throws Exception {
      List<JsonNode> documents = jsonLines();
      if (documents.size() != 1) {
        throw new AssertionError("not one line: " + out + err);
      }
      return documents.get(0);
    }

    /** Every line, each of which is a document. */
    List<JsonNode> jsonLines() throws Exception {
      ObjectMapper mapper = new ObjectMapper();
      List<JsonNode> documents = new ArrayList<>();
      for (String line : out.lines().toList()) {
        documents.add(mapper.readTree(line));
      }
      return documents;
    }

    List<String> lines() {
      return (out + err).lines().toList();
    }
  }

  Outcome run(String... arguments) {
    return onTerminal(OptionalInt.empty(), arguments);
  }

  /** As with somebody at a keyboard, who types one line when asked. */
  Outcome typing(String answer, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            arguments,
            variables,
            new PrintWriter(out),
            new PrintWriter(err),
            OptionalInt.empty(),
            () -> answer);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** As on a terminal of that width. */
  Outcome onTerminal(OptionalInt columns, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(arguments, variables, new PrintWriter(out), new PrintWriter(err), columns, null);
    return new Outcome(code, out.toString(), err.toString());
  }
}
