/** A directory in which runs are written before the store deletes them. */
@NullMarked
package dev.fantasticfour.world.postgres.archive;

import org.jspecify.annotations.NullMarked;
