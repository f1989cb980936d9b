package dev.fantasticfour.world.spring.boot;

import java.net.URL;
import java.net.URLClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * As that of DevTools: the code of the application is loaded anew, and before that of its parent.
 */
final class RestartClassLoader extends URLClassLoader {

  RestartClassLoader(URL classes, ClassLoader parent) {
    super(new URL[] {classes}, parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      Class<?> own = own(name);
      return own == null ? super.loadClass(name, resolve) : own;
    }
  }

  private @Nullable Class<?> own(String name) {
    if (findResource(name.replace('.', '/') + ".class") == null) {
      return null;
    }
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
