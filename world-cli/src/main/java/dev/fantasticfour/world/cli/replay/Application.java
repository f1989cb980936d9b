package dev.fantasticfour.world.cli.replay;

import dev.fantasticfour.world.api.Registrar;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.node.Registry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The workflows of an application, from classes that this process was not begun with. Whatever is
 * wrong with them is told in one sentence: they are not ours.
 */
final class Application implements AutoCloseable {

  private final ApplicationLoader loader;
  private final Registry registry;

  private Application(ApplicationLoader loader, Registry registry) {
    this.loader = loader;
    this.registry = registry;
  }

  /**
   * Loads one.
   *
   * @param name of the class that registers; null for whatever registrars the class path names as
   *     services
   * @throws WorldException {@code INVALID_ARGUMENT} saying what is missing, and of which class
   */
  static Application load(ClassPath path, @Nullable String name) {
    ApplicationLoader loader = ApplicationLoader.of(path);
    Registry registry = new Registry();
    String who = name == null ? "the registrars of --classpath" : "class '" + name + "'";
    try {
      List<Registrar> registrars =
          name == null ? services(loader, path) : List.of(named(loader, name));
      registrars.forEach(each -> each.accept(registry));
    } catch (ClassNotFoundException e) {
      throw failed(loader, who, "is not on the class path '" + path.text() + "'" + path.hint(), e);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw failed(loader, who, "must be public, with a public constructor of no parameters", e);
    } catch (LinkageError e) {
      throw failed(
          loader, who, "cannot be loaded: " + told(e) + "; is all it needs on --classpath?", e);
    } catch (InvocationTargetException e) {
      throw failed(loader, who, "cannot be made: " + told(e.getCause()), e);
    } catch (ServiceConfigurationError e) {
      throw failed(loader, who, "cannot be made: " + e.getMessage(), e);
    } catch (WorldException e) {
      throw failed(loader, who, "cannot be used: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw failed(loader, who, "cannot register: " + told(e), e);
    }
    return new Application(loader, registry);
  }

  private static Registrar named(ClassLoader loader, String name)
      throws ClassNotFoundException,
          NoSuchMethodException,
          InvocationTargetException,
          InstantiationException,
          IllegalAccessException {
    Class<?> type = Class.forName(name, true, loader);
    if (!Registrar.class.isAssignableFrom(type)) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "it does not implement " + Registrar.class.getName());
    }
    return (Registrar) type.getConstructor().newInstance();
  }

  private static List<Registrar> services(ClassLoader loader, ClassPath path) {
    List<Registrar> all =
        ServiceLoader.load(Registrar.class, loader).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (all.isEmpty()) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "there is none: name one with --registrations, or in a file META-INF/services/"
              + Registrar.class.getName()
              + path.hint());
    }
    return all;
  }

  private static WorldException failed(
      ApplicationLoader loader, String who, String why, Throwable cause) {
    close(loader);
    return new WorldException(ErrorCode.INVALID_ARGUMENT, who + " " + why, cause);
  }

  private static String told(@Nullable Throwable failure) {
    return String.valueOf(failure);
  }

  /** What it has registered. */
  Registry registry() {
    return registry;
  }

  /** For threads in which its code runs. */
  ClassLoader loader() {
    return loader;
  }

  @Override
  public void close() {
    close(loader);
  }

  private static void close(ApplicationLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      // Nothing was written, and the process ends soon.
    }
  }
}
