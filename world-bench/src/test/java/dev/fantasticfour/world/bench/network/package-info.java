@NullMarked
package dev.fantasticfour.world.bench.network;

import org.jspecify.annotations.NullMarked;
