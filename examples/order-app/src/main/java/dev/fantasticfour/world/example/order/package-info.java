/** An order, from reservation to receipt, written against {@code world-api} alone. */
@NullMarked
package dev.fantasticfour.world.example.order;

import org.jspecify.annotations.NullMarked;
