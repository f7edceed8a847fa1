// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.guide;

import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.naming.Context;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Java as it stands on a page, compiled and run. */
public final class Snippet {
    private static final String FRAME =
            """
            import jakarta.jms.*;
            import com.rabbitmq.jms.admin.*;
            import javax.naming.Context;

            public class Example {
                public static Object run(PARAMETER) throws Exception {
                    CODE
                    return RESULT;
                }
            }
            """;

    private Snippet() {}

    /** Runs lines that make a consumer called {@code audit} of a session. */
    public static MessageConsumer audit(String code, Session session, Path folder)
            throws IOException, ReflectiveOperationException {
        Method run = compile(source("Session session", code, "audit"), folder);
        return (MessageConsumer) run.invoke(null, session);
    }

    /** Runs lines that bind something in a context. */
    static void bind(String code, Context context, Path folder)
            throws IOException, ReflectiveOperationException {
        compile(source("Context context", code, "null"), folder).invoke(null, context);
    }

    private static String source(String parameter, String code, String result) {
        return FRAME.replace("PARAMETER", parameter)
                .replace("RESULT", result)
                .replace("CODE", code);
    }

    private static Method compile(String source, Path folder)
            throws IOException, ReflectiveOperationException {
        Path home = Files.createTempDirectory(folder, "example");
        Path file = Files.writeString(home.resolve("Example.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter says = new StringWriter();
        boolean compiled =
                compiler.getTask(
                                says,
                                null,
                                null,
                                List.of("-proc:none", "-cp", classPath(), "-d", home.toString()),
                                null,
                                compiler.getStandardFileManager(null, null, null)
                                        .getJavaFileObjects(file))
                        .call();
        if (!compiled) {
            throw new AssertionError(says + "\n" + source);
        }
        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {home.toUri().toURL()}, Snippet.class.getClassLoader())) {
            for (Method method : loader.loadClass("Example").getMethods()) {
                if (method.getName().equals("run")) {
                    return method;
                }
            }
        }
        throw new AssertionError("no method: " + source);
    }

    private static String classPath() {
        // under surefire the class path proper is in a property of its own
        String path = System.getProperty("surefire.test.class.path");
        return (path != null ? path : System.getProperty("java.class.path"))
                + File.pathSeparator
                + Path.of("target", "classes");
    }
}
