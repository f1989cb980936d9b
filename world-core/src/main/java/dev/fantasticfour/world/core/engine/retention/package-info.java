/** When runs are deleted that were kept for long enough, and where they are written before. */
@NullMarked
package dev.fantasticfour.world.core.engine.retention;

import org.jspecify.annotations.NullMarked;
