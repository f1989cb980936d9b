package dev.fantasticfour.world.test.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Gives the contexts of test classes that say {@link UseTestWorld} its beans, with and without
 * Spring Boot. Found by Spring.
 */
public final class TestWorldCustomizers implements ContextCustomizerFactory {

  /** For Spring. */
  public TestWorldCustomizers() {}

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    return TestContextAnnotationUtils.hasAnnotation(testClass, UseTestWorld.class)
        ? new WithTestWorld()
        : null;
  }

  /** All are equal, so that classes share their contexts. */
  private record WithTestWorld() implements ContextCustomizer {

    @Override
    public void customizeContext(
        ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
      new AnnotatedBeanDefinitionReader((BeanDefinitionRegistry) context.getBeanFactory())
          .register(TestWorldBeans.class);
    }
  }
}
