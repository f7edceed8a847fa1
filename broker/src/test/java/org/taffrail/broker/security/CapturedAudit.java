// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** An audit whose lines are kept, each behind its level. */
public final class CapturedAudit {
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Audit audit = new Audit(new Lines());

    /** The lines that something writes, but for those of the level debug. */
    static List<String> during(Consumer<Audit> something) {
        CapturedAudit captured = new CapturedAudit();
        something.accept(captured.audit);
        return captured.lines();
    }

    public Audit audit() {
        return audit;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    private final class Lines extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String text, Object[] arguments, Throwable cause) {
            lines.add(level + " " + MessageFormatter.basicArrayFormat(text, arguments));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
