// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Finds where in the application a call comes from: expensive, so once for each thing seen. */
final class Places {
    private static final String OWN = ownPrefix();

    private static final List<String> PLUMBING =
            Collections.unmodifiableList(
                    Arrays.asList(
                            OWN,
                            "java.",
                            "javax.",
                            "jakarta.",
                            "jdk.",
                            "sun.",
                            "com.sun.",
                            "org.springframework.",
                            "org.apache.camel.",
                            "org.messaginghub.pooled.",
                            "org.apache.activemq.",
                            "org.apache.artemis.",
                            "com.ibm.",
                            "com.rabbitmq.",
                            "org.jboss.",
                            "com.arjuna.",
                            "com.atomikos.",
                            "io.micrometer.",
                            "brave.",
                            "io.opentelemetry."));

    private Places() {}

    /** What all classes of this module begin with. */
    private static String ownPrefix() {
        String here = Places.class.getName();
        return here.substring(0, here.indexOf(".record.") + 1);
    }

    /**
     * Returns the innermost frame of the application, or else the innermost that is neither ours
     * nor the JDK's: {@code com.acme.Orders.place:42}.
     */
    static String ofApplication() {
        StackTraceElement[] frames = new Throwable().getStackTrace();
        String framework = "";
        for (StackTraceElement frame : frames) {
            String name = frame.getClassName();
            if (!isPlumbing(name)) {
                return text(frame);
            }
            if (framework.isEmpty() && !name.startsWith(OWN) && !isJdk(name)) {
                framework = text(frame);
            }
        }
        return framework;
    }

    private static boolean isPlumbing(String className) {
        // proxies in the default package are made by java.lang.reflect
        if (className.startsWith("$Proxy")) {
            return true;
        }
        for (String prefix : PLUMBING) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.")
                || className.startsWith("com.sun.")
                || className.startsWith("$Proxy");
    }

    private static String text(StackTraceElement frame) {
        String place = frame.getClassName() + '.' + frame.getMethodName();
        return frame.getLineNumber() > 0 ? place + ':' + frame.getLineNumber() : place;
    }
}
