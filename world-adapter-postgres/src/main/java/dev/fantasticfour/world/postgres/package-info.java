/** Storage on PostgreSQL. */
@NullMarked
package dev.fantasticfour.world.postgres;

import org.jspecify.annotations.NullMarked;
