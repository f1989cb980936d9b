/** A slower network than the one of this machine. */
@NullMarked
package dev.fantasticfour.world.bench.network;

import org.jspecify.annotations.NullMarked;
