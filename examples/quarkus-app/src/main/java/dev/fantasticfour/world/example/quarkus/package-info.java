/** Orders over HTTP: an application of Quarkus whose workflows World keeps going. */
@NullMarked
package dev.fantasticfour.world.example.quarkus;

import org.jspecify.annotations.NullMarked;
