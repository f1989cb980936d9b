/** Exceptions as they reach their readers. */
@NullMarked
package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.NullMarked;
