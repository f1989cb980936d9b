/**
 * A real PostgreSQL and a real Redis, started from Maven artifacts for tests and for the command.
 */
@NullMarked
package dev.fantasticfour.world.embedded;

import org.jspecify.annotations.NullMarked;
