@NullMarked
package dev.fantasticfour.world.bench;

import org.jspecify.annotations.NullMarked;
