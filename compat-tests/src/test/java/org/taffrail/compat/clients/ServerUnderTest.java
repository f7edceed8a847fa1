// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import jakarta.jms.ConnectionFactory;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.taffrail.compat.process.JmsServer;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The server that all tests of a class share. Its folder is {@code target/servers/CLASS}; data and
 * log stay there when a test failed.
 */
final class ServerUnderTest
        implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {
    private Path folder;
    private JmsServer server;
    private boolean failed;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder =
                Path.of(System.getProperty("taffrail.root"), "compat-tests", "target", "servers")
                        .resolve(context.getRequiredTestClass().getSimpleName());
        delete(folder);
        failed = false;
        server = JmsServer.of(folder);
        server.start();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        failed |= context.getExecutionException().isPresent();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (server != null) {
            server.close();
        }
        if (!failed) {
            delete(folder);
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                            throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** A new connection factory, as an application looks it up. */
    ConnectionFactory connectionFactory() {
        return server.connectionFactory();
    }

    /** An independent client of this server. */
    Witness witness() {
        return new Witness(server.connectionFactory());
    }

    /** The server itself: to kill it, to start it again. */
    JmsServer server() {
        return server;
    }
}
