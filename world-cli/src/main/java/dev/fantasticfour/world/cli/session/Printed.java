package dev.fantasticfour.world.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Table;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** Prints a result in the form that was asked for. */
public record Printed(Session session, Output output) {

  /** One value: a JSON document, or text. */
  public void value(Supplier<JsonNode> json, Supplier<String> text) {
    session.out().println(output.json() ? Json.lines(json.get()) : text.get());
  }

  /**
   * A page of a list: an object with its items, or a table and how to go on.
   *
   * @param name of the items, as JSON writes names
   */
  public void page(String name, Page<?> page, Supplier<Table> table) {
    PrintWriter out = session.out();
    if (output.json()) {
      out.println(Json.lines(Json.page(name, page)));
    } else if (page.items().isEmpty()) {
      out.println("no " + name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT));
    } else {
      out.println(table.get());
      if (page.hasMore()) {
        out.println("more with --cursor " + page.cursor());
      }
    }
  }
}
