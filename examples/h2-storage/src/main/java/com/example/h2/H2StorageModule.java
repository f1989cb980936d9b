package com.example.h2;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.fantasticfour.world.core.port.Storage;

/** Binds {@link Storage} to H2, for applications that assemble by Guice. */
public final class H2StorageModule extends AbstractModule {

  private final String url;

  /**
   * @param url as in {@link H2Storage#open}
   */
  public H2StorageModule(String url) {
    this.url = url;
  }

  @Provides
  @Singleton
  Storage storage() {
    return H2Storage.open(url);
  }
}
