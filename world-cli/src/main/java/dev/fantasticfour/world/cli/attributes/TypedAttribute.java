package dev.fantasticfour.world.cli.attributes;

import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeOrder;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunFilter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An attribute as a person types it: {@code customer=c-1}, {@code amount:number>=100}, {@code
 * paid:bool=true}, {@code due:time<=2026-03-01T00:00:00Z}, {@code tags:keywords=red,blue}, {@code
 * tags~red}, {@code customer!=c-1}, or {@code customer} alone.
 *
 * @param kind {@code text}, {@code number}, {@code bool}, {@code time} or {@code keywords}
 * @param sign {@code =}, {@code !=}, {@code >=}, {@code <=}, {@code ~} or empty
 */
public record TypedAttribute(String name, String kind, String sign, String text) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<name>[^=!<>~:]+)(:(?<kind>text|number|bool|time|keywords))?"
              + "((?<sign>=|!=|>=|<=|~)(?<text>.*))?",
          Pattern.DOTALL);

  /**
   * Reads one.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} saying how they look
   */
  public static TypedAttribute of(String typed) {
    Matcher form = FORM.matcher(typed);
    if (!form.matches()) {
      throw invalid(typed);
    }
    return new TypedAttribute(
        form.group("name"),
        or(form.group("kind"), "text"),
        or(form.group("sign"), ""),
        or(form.group("text"), ""));
  }

  private static String or(@Nullable String found, String otherwise) {
    return found == null ? otherwise : found;
  }

  private static WorldException invalid(String typed) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT,
        "an attribute looks like customer=c-1, amount:number>=100, due:time<=2026-03-01T00:00:00Z,"
            + " paid:bool=true, tags~red, customer!=c-1 or customer, not like '"
            + typed
            + "'");
  }

  /** The value of one that is to be set. */
  public AttributeValue value() {
    if (!sign.equals("=")) {
      throw invalid(name + sign + text);
    }
    return parsed();
  }

  private AttributeValue parsed() {
    try {
      return switch (kind) {
        case "number" -> AttributeValue.of(new BigDecimal(text));
        case "bool" -> AttributeValue.of(bool());
        case "time" -> AttributeKey.time("time").value(Instant.parse(text));
        case "keywords" ->
            AttributeValue.of(Stream.of(text.split(",")).filter(each -> !each.isEmpty()).toList());
        default -> AttributeValue.of(text);
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw invalid(name + ":" + kind + sign + text);
    }
  }

  private boolean bool() {
    if (!text.equals("true") && !text.equals("false")) {
      throw invalid(name + ":" + kind + sign + text);
    }
    return text.equals("true");
  }

  /** The filter with all of them: several values of one name are alternatives. */
  public static RunFilter filter(RunFilter filter, List<String> typed) {
    Map<String, List<AttributeValue>> equal = new LinkedHashMap<>();
    RunFilter all = filter;
    for (String each : typed) {
      TypedAttribute attribute = of(each);
      if (attribute.sign().equals("=")) {
        equal.computeIfAbsent(attribute.name(), name -> new ArrayList<>()).add(attribute.parsed());
      } else {
        all = all.where(attribute.condition());
      }
    }
    for (Map.Entry<String, List<AttributeValue>> each : equal.entrySet()) {
      List<AttributeValue> values = each.getValue();
      all =
          all.where(
              values.size() == 1
                  ? new AttributeCondition.Is(each.getKey(), values.getFirst())
                  : new AttributeCondition.In(each.getKey(), values));
    }
    return all;
  }

  private AttributeCondition condition() {
    return switch (sign) {
      case "!=" -> new AttributeCondition.IsNot(name, parsed());
      case ">=" -> new AttributeCondition.Range(name, order(), parsed(), null);
      case "<=" -> new AttributeCondition.Range(name, order(), null, parsed());
      case "~" -> new AttributeCondition.Contains(name, text);
      default -> new AttributeCondition.Exists(name);
    };
  }

  private AttributeOrder order() {
    return switch (kind) {
      case "number" -> AttributeOrder.NUMBER;
      case "time" -> AttributeOrder.TIME;
      default -> AttributeOrder.TEXT;
    };
  }
}
