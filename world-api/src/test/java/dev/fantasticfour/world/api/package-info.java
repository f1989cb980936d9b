/** Tests of what an application says to a world. */
@NullMarked
package dev.fantasticfour.world.api;

import org.jspecify.annotations.NullMarked;
