/** {@code world dev}: a PostgreSQL and a Redis to develop with. */
@NullMarked
package dev.fantasticfour.world.cli.dev;

import org.jspecify.annotations.NullMarked;
