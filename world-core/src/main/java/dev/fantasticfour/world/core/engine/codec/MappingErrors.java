package dev.fantasticfour.world.core.engine.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what could not be mapped and where, without a value: Jackson quotes values in its messages,
 * so neither they nor its exceptions are passed on.
 */
final class MappingErrors {

  /** How many levels of a path are named; a cyclic value has as many as the depth limit. */
  private static final int MAX_PATH = 12;

  private MappingErrors() {}

  static WorldException encoding(ValueType<?> type, Throwable cause) {
    return new WorldException(
        ErrorCode.SERIALIZATION,
        "cannot encode a value of declared type "
            + type
            + " as JSON: "
            + place(cause)
            + reason(cause),
        scrubbed(cause));
  }

  static WorldException decoding(ValueType<?> type, Throwable cause) {
    return new WorldException(
        ErrorCode.SERIALIZATION,
        "cannot decode a JSON payload as declared type "
            + type
            + ": "
            + place(cause)
            + reason(cause),
        scrubbed(cause));
  }

  private static String place(Throwable cause) {
    String path = cause instanceof JsonMappingException e ? path(e.getPath()) : "";
    return path.isEmpty() ? "" : "at '" + path + "', ";
  }

  private static String path(List<JsonMappingException.Reference> references) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference each : references.subList(0, shown(references))) {
      String field = each.getFieldName();
      if (field == null) {
        path.append('[').append(each.getIndex() < 0 ? "?" : each.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(field);
      }
    }
    return path.append(references.size() > MAX_PATH ? "…" : "").toString();
  }

  private static int shown(List<JsonMappingException.Reference> references) {
    return Math.min(references.size(), MAX_PATH);
  }

  private static String reason(Throwable thrown) {
    Throwable root = root(thrown);
    if (root instanceof StreamConstraintsException) {
      return "it is nested more than 1000 levels deep, or refers to itself";
    }
    if (root instanceof StreamReadException e) {
      return "it is not well-formed JSON (line "
          + e.getLocation().getLineNr()
          + ", column "
          + e.getLocation().getColumnNr()
          + ")";
    }
    if (root instanceof StreamWriteException) {
      return "it cannot be written as JSON";
    }
    if (root instanceof JsonRules.ClassNamesRefused e) {
      return String.valueOf(e.getMessage());
    }
    // Its message speaks of types and annotations only.
    if (root instanceof InvalidDefinitionException e) {
      return String.valueOf(e.getOriginalMessage());
    }
    if (root instanceof InvalidTypeIdException e) {
      return "the type marker names no known subtype of " + e.getBaseType().toCanonical();
    }
    if (root instanceof MismatchedInputException e) {
      Class<?> target = e.getTargetType();
      return "what stands there is no "
          + (target == null ? "value of the wanted type" : target.getTypeName());
    }
    if (root instanceof JsonProcessingException) {
      return "Jackson refused it (" + root.getClass().getSimpleName() + ")";
    }
    return "code of the type threw " + root.getClass().getName();
  }

  /** What user code threw, if any; else Jackson's own exception. */
  private static Throwable root(Throwable thrown) {
    // What stands below Jackson's own is the user's, who may answer anything when asked.
    Throwable cause = thrown instanceof JsonMappingException ? thrown.getCause() : null;
    return cause != null && cause != thrown ? root(cause) : thrown;
  }

  /** Where the code of a user's type threw, without what it said. */
  private static @Nullable Throwable scrubbed(Throwable thrown) {
    Throwable root = root(thrown);
    if (root instanceof JsonProcessingException) {
      return null;
    }
    Exception silent = new Exception(root.getClass().getName() + " (its message is left out)");
    silent.setStackTrace(Failures.frames(root));
    return silent;
  }
}
