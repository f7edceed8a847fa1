// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import org.taffrail.wire.NearestName;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import javax.naming.Binding;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.InvalidNameException;
import javax.naming.Name;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NameParser;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.NotContextException;
import javax.naming.OperationNotSupportedException;

/**
 * A read-only naming context over a {@link BindingTree}. Thread-safe, apart from its environment,
 * which belongs to the context that it was asked of. Holds nothing that would have to be closed.
 */
final class TaffrailContext implements Context {
    private static final NameParser PARSER = CompositeName::new;

    private final BindingTree tree;
    private final Hashtable<Object, Object> environment;
    private final List<String> path;
    private final BindingTree root;

    TaffrailContext(BindingTree root, Hashtable<Object, Object> environment) {
        this(root, environment, List.of(), root);
    }

    private TaffrailContext(
            BindingTree tree,
            Hashtable<Object, Object> environment,
            List<String> path,
            BindingTree root) {
        this.tree = tree;
        this.environment = new Hashtable<>(environment);
        this.path = path;
        this.root = root;
    }

    @Override
    public Object lookup(Name name) throws NamingException {
        return lookup(components(name));
    }

    @Override
    public Object lookup(String name) throws NamingException {
        return lookup(new CompositeName(name));
    }

    private Object lookup(List<String> components) throws NamingException {
        BindingTree at = tree;
        for (int i = 0; i < components.size(); i++) {
            Object bound = at.get(components.get(i));
            boolean last = i == components.size() - 1;
            if (bound instanceof BindingTree subtree) {
                at = subtree;
            } else if (bound != null && last) {
                return bound;
            } else if (bound != null) {
                NotContextException e =
                        new NotContextException("\"" + components.get(i) + "\" is no context");
                throw located(e, components, i + 1);
            } else {
                return dynamic(at, components, i);
            }
        }
        return context(at, components);
    }

    private Object dynamic(BindingTree at, List<String> components, int from)
            throws NamingException {
        try {
            Object made = at.make(components.subList(from, components.size()));
            if (made != null) {
                return made;
            }
        } catch (IllegalArgumentException e) {
            InvalidNameException invalid = new InvalidNameException(e.getMessage());
            invalid.setRootCause(e);
            throw located(invalid, components, from);
        }
        List<String> given = new ArrayList<>(path);
        given.addAll(components);
        String name = String.join("/", given);
        throw located(
                new NameNotFoundException(
                        "\"" + name + "\" is not bound" + NearestName.hint(name, root.paths())),
                components,
                from);
    }

    private TaffrailContext context(BindingTree at, List<String> components) {
        List<String> below = new ArrayList<>(path);
        below.addAll(components);
        return new TaffrailContext(at, environment, below, root);
    }

    private static <E extends NamingException> E located(
            E e, List<String> components, int resolved) {
        e.setResolvedName(name(components.subList(0, resolved)));
        e.setRemainingName(name(components.subList(resolved, components.size())));
        return e;
    }

    private static Name name(List<String> components) {
        CompositeName name = new CompositeName();
        for (String component : components) {
            try {
                name.add(component);
            } catch (InvalidNameException e) {
                throw new IllegalStateException("a component of a name that was one", e);
            }
        }
        return name;
    }

    private static List<String> components(Name name) {
        List<String> components = new ArrayList<>();
        for (int i = 0; i < name.size(); i++) {
            // also components of a name that is no CompositeName may have slashes
            components.addAll(BindingTree.components(name.get(i)));
        }
        return components;
    }

    @Override
    public Object lookupLink(Name name) throws NamingException {
        return lookup(name);
    }

    @Override
    public Object lookupLink(String name) throws NamingException {
        return lookup(name);
    }

    @Override
    public NamingEnumeration<NameClassPair> list(Name name) throws NamingException {
        return enumerate(name, (key, value) -> new NameClassPair(key, value.getClass().getName()));
    }

    @Override
    public NamingEnumeration<NameClassPair> list(String name) throws NamingException {
        return list(new CompositeName(name));
    }

    @Override
    public NamingEnumeration<Binding> listBindings(Name name) throws NamingException {
        return enumerate(name, Binding::new);
    }

    @Override
    public NamingEnumeration<Binding> listBindings(String name) throws NamingException {
        return listBindings(new CompositeName(name));
    }

    private <T> NamingEnumeration<T> enumerate(Name name, BiFunction<String, Object, T> entry)
            throws NamingException {
        if (!(lookup(name) instanceof TaffrailContext context)) {
            throw new NotContextException("\"" + name + "\" is no context");
        }
        List<T> entries = new ArrayList<>();
        for (Map.Entry<String, Object> bound : context.tree.bindings().entrySet()) {
            Object value = bound.getValue();
            entries.add(
                    entry.apply(
                            bound.getKey(),
                            value instanceof BindingTree subtree
                                    ? context.context(subtree, List.of(bound.getKey()))
                                    : value));
        }
        return new Entries<>(entries.iterator());
    }

    /** An enumeration of what has been collected already. */
    private record Entries<T>(Iterator<T> iterator) implements NamingEnumeration<T> {
        @Override
        public T next() {
            return iterator.next();
        }

        @Override
        public boolean hasMore() {
            return iterator.hasNext();
        }

        @Override
        public void close() {
            // nothing is held
        }

        @Override
        public boolean hasMoreElements() {
            return iterator.hasNext();
        }

        @Override
        public T nextElement() {
            return iterator.next();
        }
    }

    @Override
    public NameParser getNameParser(Name name) {
        return PARSER;
    }

    @Override
    public NameParser getNameParser(String name) {
        return PARSER;
    }

    @Override
    public Name composeName(Name name, Name prefix) throws NamingException {
        return ((Name) prefix.clone()).addAll(name);
    }

    @Override
    public String composeName(String name, String prefix) throws NamingException {
        return composeName(new CompositeName(name), new CompositeName(prefix)).toString();
    }

    @Override
    public String getNameInNamespace() {
        return String.join("/", path);
    }

    @Override
    public Object addToEnvironment(String name, Object value) {
        return environment.put(name, value);
    }

    @Override
    public Object removeFromEnvironment(String name) {
        return environment.remove(name);
    }

    @Override
    public Hashtable<?, ?> getEnvironment() {
        return new Hashtable<>(environment);
    }

    @Override
    public void close() {
        // nothing is held
    }

    @Override
    public void bind(Name name, Object object) throws NamingException {
        throw readOnly();
    }

    @Override
    public void bind(String name, Object object) throws NamingException {
        throw readOnly();
    }

    @Override
    public void rebind(Name name, Object object) throws NamingException {
        throw readOnly();
    }

    @Override
    public void rebind(String name, Object object) throws NamingException {
        throw readOnly();
    }

    @Override
    public void unbind(Name name) throws NamingException {
        throw readOnly();
    }

    @Override
    public void unbind(String name) throws NamingException {
        throw readOnly();
    }

    @Override
    public void rename(Name oldName, Name newName) throws NamingException {
        throw readOnly();
    }

    @Override
    public void rename(String oldName, String newName) throws NamingException {
        throw readOnly();
    }

    @Override
    public Context createSubcontext(Name name) throws NamingException {
        throw readOnly();
    }

    @Override
    public Context createSubcontext(String name) throws NamingException {
        throw readOnly();
    }

    @Override
    public void destroySubcontext(Name name) throws NamingException {
        throw readOnly();
    }

    @Override
    public void destroySubcontext(String name) throws NamingException {
        throw readOnly();
    }

    private static OperationNotSupportedException readOnly() {
        return new OperationNotSupportedException(
                "the context is made from properties and read-only");
    }
}
