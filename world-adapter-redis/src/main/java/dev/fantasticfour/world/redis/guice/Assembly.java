package dev.fantasticfour.world.redis.guice;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import dev.fantasticfour.world.api.error.WorldException;

/** Makes one object from one module, with Guice at its strictest. */
final class Assembly {

  private Assembly() {}

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
    } catch (CreationException | ProvisionException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof WorldException ours) {
          throw ours;
        }
      }
      throw e;
    }
  }
}
