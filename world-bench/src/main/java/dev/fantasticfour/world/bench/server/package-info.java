/** The one PostgreSQL and the one Redis that all sides are measured on, and what they count. */
@NullMarked
package dev.fantasticfour.world.bench.server;

import org.jspecify.annotations.NullMarked;
