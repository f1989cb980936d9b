/**
 * Attributes of runs: typed keys, and values as the store keeps them, in native JSON. They are made
 * for finding runs, stand beside them in clear, and are never encrypted: no secret belongs there.
 */
@NullMarked
package dev.fantasticfour.world.api.attribute;

import org.jspecify.annotations.NullMarked;
