package dev.fantasticfour.world.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Table;
import java.io.PrintWriter;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Prints a result in the form that was asked for: text for people, or JSON for programs, one
 * document a line.
 */
public record Printed(Session session, Output output) {

  /** One value. */
  public void value(Supplier<JsonNode> json, Supplier<String> text) {
    session.out().println(output.json() ? Json.line(json.get()) : text.get());
  }

  /**
   * A page of a list, and how to go on: a table, or a line for each item and, when there are more,
   * a last one that holds the {@code cursor} alone.
   *
   * @param none what is said of an empty page
   */
  public <T> void page(
      String none, Page<T> page, Function<T, JsonNode> json, Supplier<Table> table) {
    PrintWriter out = session.out();
    if (output.json()) {
      page.items().forEach(item -> out.println(Json.line(json.apply(item))));
      if (page.hasMore()) {
        out.println(Json.line(Json.object().put("cursor", page.cursor())));
      }
    } else if (page.items().isEmpty()) {
      out.println(none);
    } else {
      out.println(table.get().text(session.columns()));
      if (page.hasMore()) {
        out.println("more with --cursor " + page.cursor());
      }
    }
  }
}
