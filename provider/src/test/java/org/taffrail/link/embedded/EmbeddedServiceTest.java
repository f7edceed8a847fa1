// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.spi.SLF4JServiceProvider;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which class loader is asked for a broker in this JVM; SLF4J's service stands for ours. */
class EmbeddedServiceTest {
    @TempDir private Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** Gives the thread a class loader that names a class which is not of the service. */
    private void confuseThread(Class<?> service) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF").resolve("services"));
        Files.writeString(services.resolve(service.getName()), EmbeddedServiceTest.class.getName());
        URL tests = EmbeddedServiceTest.class.getProtectionDomain().getCodeSource().getLocation();
        URL[] classPath = {folder.toUri().toURL(), tests};
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader()));
    }

    @Test
    void whatTheThreadsClassLoaderHasOfOtherClassesDoesNotStandInTheWay() throws IOException {
        confuseThread(SLF4JServiceProvider.class);

        assertNotNull(EmbeddedConnector.find(SLF4JServiceProvider.class));
    }

    @Test
    void whereNothingElseIsThereItIsToldWhyItCantBeUsed() throws IOException {
        confuseThread(Runnable.class);

        WireException unusable =
                assertThrows(WireException.class, () -> EmbeddedConnector.find(Runnable.class));

        assertEquals(ErrorCode.NOT_SUPPORTED, unusable.code());
        assertTrue(unusable.getMessage().contains("not a subtype"), unusable::getMessage);
    }

    @Test
    void whereThereIsNoneNoneIsFound() {
        assertNull(EmbeddedConnector.find(Runnable.class));
    }
}
