/**
 * The same programming model where an application is assembled by Guice: workflows are injected
 * like everything else.
 */
@NullMarked
package dev.fantasticfour.world.example.guice;

import org.jspecify.annotations.NullMarked;
