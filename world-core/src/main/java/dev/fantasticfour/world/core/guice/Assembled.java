package dev.fantasticfour.world.core.guice;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.Collection;
import java.util.List;

/** Makes one object from modules. */
public final class Assembled {

  private Assembled() {}

  /**
   * Creates an injector for the modules and asks it once.
   *
   * @throws RuntimeException what a module's own code, or the application's registrations, threw:
   *     what is wrong is in that, and Guice's report around it helps nobody. Guice's own when
   *     nobody threw, as for a binding that is missing
   */
  public static <T> T from(Class<T> type, List<Module> modules) {
    try {
      return Guice.createInjector(Stage.PRODUCTION, modules).getInstance(type);
    } catch (CreationException e) {
      throw thrown(e.getErrorMessages(), e);
    } catch (ProvisionException e) {
      throw thrown(e.getErrorMessages(), e);
    }
  }

  /** World's own says most; a singleton that is asked for twice is reported twice. */
  private static RuntimeException thrown(Collection<Message> messages, RuntimeException report) {
    RuntimeException first = null;
    for (Message message : messages) {
      for (Throwable cause = message.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof WorldException ours) {
          return ours;
        }
      }
      if (first == null && message.getCause() instanceof RuntimeException other) {
        first = other;
      }
    }
    return first == null ? report : first;
  }
}
