"""What the nodes of mypy's tree consist of."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mypy.nodes import (
    AssertStmt,
    AssertTypeExpr,
    AssignmentExpr,
    AssignmentStmt,
    AwaitExpr,
    Block,
    CallExpr,
    CastExpr,
    ClassDef,
    ComparisonExpr,
    ConditionalExpr,
    Decorator,
    DelStmt,
    DictExpr,
    DictionaryComprehension,
    ExpressionStmt,
    ForStmt,
    FuncDef,
    GeneratorExpr,
    IfStmt,
    IndexExpr,
    LambdaExpr,
    ListComprehension,
    ListExpr,
    MatchStmt,
    MemberExpr,
    Node,
    OperatorAssignmentStmt,
    OpExpr,
    OverloadedFuncDef,
    RaiseStmt,
    ReturnStmt,
    RevealExpr,
    SetComprehension,
    SetExpr,
    SliceExpr,
    StarExpr,
    SuperExpr,
    TryStmt,
    TupleExpr,
    TypeApplication,
    UnaryExpr,
    WhileStmt,
    WithStmt,
    YieldExpr,
    YieldFromExpr,
)
from mypy.patterns import (
    AsPattern,
    ClassPattern,
    MappingPattern,
    OrPattern,
    SequencePattern,
    StarredPattern,
    ValuePattern,
)

__all__ = ["children", "descendants"]

_CHILDREN: dict[type[Node], Callable[[Any], Iterable[Node | None]]] = {
    AsPattern: lambda node: (node.pattern, node.name),
    AssertStmt: lambda node: (node.expr, node.msg),
    AssertTypeExpr: lambda node: (node.expr,),
    AssignmentExpr: lambda node: (node.value, node.target),
    AssignmentStmt: lambda node: (node.rvalue, *node.lvalues),
    AwaitExpr: lambda node: (node.expr,),
    Block: lambda node: node.body,
    CallExpr: lambda node: (node.callee, *node.args),
    CastExpr: lambda node: (node.expr,),
    ClassDef: lambda node: (*node.decorators, *node.base_type_exprs, node.defs),
    ClassPattern: lambda node: (node.class_ref, *node.positionals, *node.keyword_values),
    ComparisonExpr: lambda node: node.operands,
    ConditionalExpr: lambda node: (node.cond, node.if_expr, node.else_expr),
    Decorator: lambda node: (*node.original_decorators, node.func),
    DelStmt: lambda node: (node.expr,),
    DictExpr: lambda node: (part for item in node.items for part in item),
    DictionaryComprehension: lambda node: (*node.sequences, *_conditions(node), node.key, node.value),
    ExpressionStmt: lambda node: (node.expr,),
    ForStmt: lambda node: (node.expr, node.index, node.body, node.else_body),
    FuncDef: lambda node: (*_defaults(node), node.body),
    GeneratorExpr: lambda node: (*node.sequences, *_conditions(node), node.left_expr),
    IfStmt: lambda node: (*node.expr, *node.body, node.else_body),
    IndexExpr: lambda node: (node.base, node.index),
    LambdaExpr: lambda node: (*_defaults(node), node.body),
    ListComprehension: lambda node: (node.generator,),
    ListExpr: lambda node: node.items,
    MappingPattern: lambda node: (*node.keys, *node.values, node.rest),
    MatchStmt: lambda node: (node.subject, *node.patterns, *node.guards, *node.bodies),
    MemberExpr: lambda node: (node.expr,),
    OpExpr: lambda node: (node.left, node.right),
    OperatorAssignmentStmt: lambda node: (node.lvalue, node.rvalue),
    OrPattern: lambda node: node.patterns,
    OverloadedFuncDef: lambda node: (*node.items, node.impl),
    RaiseStmt: lambda node: (node.expr, node.from_expr),
    ReturnStmt: lambda node: (node.expr,),
    RevealExpr: lambda node: (node.expr,),
    SequencePattern: lambda node: node.patterns,
    SetComprehension: lambda node: (node.generator,),
    SetExpr: lambda node: node.items,
    SliceExpr: lambda node: (node.begin_index, node.end_index, node.stride),
    StarExpr: lambda node: (node.expr,),
    StarredPattern: lambda node: (node.capture,),
    SuperExpr: lambda node: (node.call,),
    TryStmt: lambda node: (node.body, *node.types, *node.vars, *node.handlers, node.else_body, node.finally_body),
    TupleExpr: lambda node: node.items,
    TypeApplication: lambda node: (node.expr,),
    UnaryExpr: lambda node: (node.expr,),
    ValuePattern: lambda node: (node.expr,),
    WhileStmt: lambda node: (node.expr, node.body, node.else_body),
    WithStmt: lambda node: (*node.expr, *node.target, node.body),
    YieldExpr: lambda node: (node.expr,),
    YieldFromExpr: lambda node: (node.expr,),
}


def children(node: Node) -> Iterator[Node]:
    """Yield what a node consists of; nothing for one that holds no expressions."""
    inside = _CHILDREN.get(type(node))
    return (child for child in inside(node) if child is not None) if inside is not None else iter(())


def descendants(node: Node) -> Iterator[Node]:
    """Yield a node and everything in it."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(children(node))


def _conditions(node: GeneratorExpr | DictionaryComprehension) -> Iterator[Node]:
    return (condition for conditions in node.condlists for condition in conditions)


def _defaults(node: FuncDef | LambdaExpr) -> Iterator[Node | None]:
    return (argument.initializer for argument in node.arguments)
