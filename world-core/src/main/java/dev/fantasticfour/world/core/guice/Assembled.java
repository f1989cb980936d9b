package dev.fantasticfour.world.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.matcher.Matchers;
import com.google.inject.spi.Message;
import com.google.inject.spi.ProvisionListener;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Makes one object from modules. */
public final class Assembled {

  private Assembled() {}

  /** What providers have opened, the last first: nobody else has it in hand when one fails. */
  private static final class Opened extends AbstractModule implements ProvisionListener {

    // Several providers open at the same time.
    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();

    @Override
    protected void configure() {
      bindListener(Matchers.any(), this);
    }

    @Override
    public <T> void onProvision(ProvisionInvocation<T> provision) {
      if (provision.provision() instanceof AutoCloseable made
          && opened.stream().noneMatch(known -> known == made)) {
        opened.push(made);
      }
    }

    void closeAfter(Throwable failure) {
      for (AutoCloseable made : opened) {
        try {
          made.close();
        } catch (Exception e) {
          failure.addSuppressed(e);
        }
      }
    }
  }

  /**
   * Creates an injector for the modules and asks it once. Only what is asked for is made, and tried
   * once. When that fails, whatever providers of the modules have opened by then is closed.
   *
   * @throws RuntimeException what a module's own code, or the application's registrations, threw:
   *     what is wrong is in that, and Guice's report around it helps nobody. Guice's own when
   *     nobody threw, as for a binding that is missing
   */
  public static <T> T from(Class<T> type, List<Module> modules) {
    Opened opened = new Opened();
    List<Module> all = new ArrayList<>(modules);
    all.add(opened);
    try {
      return Guice.createInjector(Stage.DEVELOPMENT, all).getInstance(type);
    } catch (CreationException e) {
      throw closed(opened, thrown(e.getErrorMessages(), e));
    } catch (ProvisionException e) {
      throw closed(opened, thrown(e.getErrorMessages(), e));
    } catch (RuntimeException | Error e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  private static RuntimeException closed(Opened opened, RuntimeException failure) {
    opened.closeAfter(failure);
    return failure;
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
