package dev.fantasticfour.world.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The manual page, in what {@code man} reads: one page with every command. */
final class ManPage {

  private final Map<String, String> examples;
  private final List<String> lines = new ArrayList<>();

  private ManPage(Map<String, String> examples) {
    this.examples = examples;
  }

  /**
   * Writes it.
   *
   * @param version of World
   * @param examples by the names of their commands below {@code world}
   */
  static String of(CommandLine world, String version, Map<String, String> examples) {
    ManPage page = new ManPage(examples);
    CommandSpec spec = world.getCommandSpec();
    page.macro("TH WORLD 1 \"\" \"World " + text(version) + "\" \"World Manual\"");
    page.section("NAME");
    page.lines.add(
        "world \\- " + text(spec.usageMessage().description()[0].replaceAll("\\.$", "")));
    page.section("SYNOPSIS");
    page.paragraph(synopsis(world));
    page.section("DESCRIPTION");
    page.paragraph(
        "Looks at runs, starts, tells and ends them, and looks after servers and schema.");
    page.section("OPTIONS");
    page.arguments(spec);
    page.section("COMMANDS");
    page.commands(world);
    page.section("ENVIRONMENT AND EXIT STATUS");
    page.macro("nf");
    for (String line : spec.usageMessage().footer()) {
      page.paragraph(line);
    }
    page.macro("fi");
    return String.join("\n", page.lines);
  }

  private void commands(CommandLine above) {
    above
        .getSubcommands()
        .forEach(
            (name, line) -> {
              CommandSpec spec = line.getCommandSpec();
              boolean isHelp = name.equals("help") && spec.parent() != spec.root();
              if (!spec.usageMessage().hidden() && !isHelp) {
                // What only shows what is below it has nothing to say of itself.
                if (line.getSubcommands().isEmpty() || examples.containsKey(below(spec))) {
                  command(line);
                }
                commands(line);
              }
            });
  }

  private void command(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    macro("SS " + text(spec.qualifiedName()));
    paragraph(synopsis(line));
    macro("PP");
    paragraph(String.join(" ", spec.usageMessage().description()));
    arguments(spec);
    String example = examples.get(below(spec));
    if (example != null) {
      macro("PP");
      paragraph("Example: world " + example);
    }
  }

  private void arguments(CommandSpec spec) {
    spec.positionalParameters().forEach(each -> argument(each.paramLabel(), each));
    spec.options().stream()
        .filter(option -> !option.hidden())
        .forEach(
            option -> {
              String label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
              argument(String.join(", ", option.names()) + label, option);
            });
  }

  private void argument(String label, ArgSpec argument) {
    macro("TP");
    lines.add("\\fB" + text(label) + "\\fR");
    paragraph(String.join(" ", Described.lines(argument)));
  }

  private static String synopsis(CommandLine line) {
    Help help = new Help(line.getCommandSpec(), Help.defaultColorScheme(Ansi.OFF));
    return help.synopsis(0).replaceAll("\\s+", " ").strip();
  }

  private static String below(CommandSpec spec) {
    String name = spec.qualifiedName();
    return name.substring(name.indexOf(' ') + 1);
  }

  private void section(String title) {
    macro("SH " + title);
  }

  private void macro(String macro) {
    lines.add("." + macro);
  }

  /** What begins as a request would be one. */
  private void paragraph(String text) {
    String escaped = text(text.replace("%%", "%").replace("%n", " "));
    lines.add(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
  }

  private static String text(String plain) {
    return plain.replace("\\", "\\e").replace("-", "\\-");
  }
}
