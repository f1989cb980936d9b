package com.example.h2;

import com.google.inject.AbstractModule;
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

  @Override
  protected void configure() {
    bind(Storage.class).toProvider(() -> H2Storage.open(url)).in(Singleton.class);
  }
}
