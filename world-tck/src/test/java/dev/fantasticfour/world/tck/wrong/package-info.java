/** Worlds that are wrong on purpose, each in one way that real worlds have been wrong in. */
@NullMarked
package dev.fantasticfour.world.tck.wrong;

import org.jspecify.annotations.NullMarked;
