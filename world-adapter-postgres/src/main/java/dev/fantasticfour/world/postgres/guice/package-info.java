/** Assembles the PostgreSQL adapter with Guice; nothing here decides anything. */
@NullMarked
package dev.fantasticfour.world.postgres.guice;

import org.jspecify.annotations.NullMarked;
