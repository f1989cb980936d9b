package dev.fantasticfour.world.redis.guice;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.Collection;

/** Makes one object from one module, with Guice at its strictest. */
final class StrictInjector {

  private StrictInjector() {}

  /**
   * @throws WorldException as the module's own code threw it, without Guice around it
   */
  static <T> T create(Class<T> type, Module module) {
    try {
      return Guice.createInjector(
              Stage.PRODUCTION,
              binder -> {
                binder.requireExplicitBindings();
                binder.requireAtInjectOnConstructors();
                binder.requireExactBindingAnnotations();
                binder.disableCircularProxies();
              },
              module)
          .getInstance(type);
    } catch (CreationException e) {
      throw unwrapped(e, e.getErrorMessages());
    } catch (ProvisionException e) {
      throw unwrapped(e, e.getErrorMessages());
    }
  }

  private static RuntimeException unwrapped(RuntimeException thrown, Collection<Message> messages) {
    for (Message message : messages) {
      if (message.getCause() instanceof WorldException ours) {
        return ours;
      }
    }
    return thrown;
  }
}
