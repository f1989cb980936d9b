/** Orders over HTTP: an application of Spring Boot whose workflows World keeps going. */
@NullMarked
package dev.fantasticfour.world.example.spring;

import org.jspecify.annotations.NullMarked;
