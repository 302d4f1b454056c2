"""What do the sentences, headings and titles of an article that nobody wrote say?"""

from random import Random

WHAT = tuple(
    """
    注意力 自注意力 位置编码 残差连接 层归一化 词嵌入 束搜索 温度采样 奖励模型 策略梯度
    重要性采样 对比学习 自编码器 扩散过程 噪声调度 得分匹配 潜空间 特征金字塔 锚框 数据增强 早停
    权重衰减 学习率预热 梯度裁剪 梯度累积 混合精度 张量并行 流水线并行 参数分片 量化感知训练
    低秩适配 知识蒸馏 专家路由 键值缓存 推测解码 分页显存 倒排索引 向量召回 乘积量化 布隆过滤器
    跳表 红黑树 并查集 单调栈 线段树 前缀和 拓扑排序 一致性哈希 领导者选举 日志复制 快照隔离
    两阶段提交 乐观锁 间隙锁 预写日志 合并树 列式存储 谓词下推 分区裁剪 广播连接 数据倾斜 背压
    水位线 检查点 精确一次 小文件合并 拉链表 星型模型 缓慢变化维 类加载 逃逸分析 即时编译
    分代回收 写屏障 安全点 线程池 阻塞队列 读写锁 内存屏障 伪共享 零拷贝 反应堆模式 熔断 限流
    令牌桶 链路追踪 灰度发布 服务发现 连接池 执行计划
    """.split()
)
WHO = tuple(
    """
    训练脚本 推理引擎 调度器 存储层 执行器 优化器 采样器 解码器 编码器 查询引擎 消费者 生产者 协调者
    网关 客户端 编译器 垃圾回收器 数据管道 评测程序 索引服务 参数服务器 工作节点 从库 代理层
    """.split()
)
GAIN = tuple(
    """
    吞吐量 尾延迟 收敛速度 召回率 精确率 显存占用 磁盘写入量 网络开销 缓存命中率 泛化误差 困惑度
    恢复时间 可观测性 启动耗时 数据新鲜度 写放大 负载均衡度 样本效率
    """.split()
)
DOES = tuple("推迟 合并 缓存 重排 丢弃 校验 预取 压缩 广播 复用 截断 回放 归一化 重新计算".split())
THING = tuple(
    """
    中间结果 历史状态 最近一批样本 失败的请求 热点分区 过期的条目 未提交的事务 长尾词 稀疏梯度
    冷数据 重复的键 相邻的块 元数据 激活值 待刷盘的页 边界上的记录
    """.split()
)
LATIN = tuple(
    """
    batch_size max_len top_k dropout warmup_steps num_heads page_cache offset epoch watermark
    replica fetch_size heap_used seq_id shard ttl
    """.split()
)
OPENINGS = tuple(
    """
    实际部署时， 换一个角度看， 从源码可以看到， 需要强调的是， 与直觉相反， 在小规模数据上，
    压测表明， 如果没有特殊要求， 早期版本里， 按照论文的说法， 线上排查时， 严格来说，
    从复杂度上讲， 顺带一提，
    """.split()
)
CLAUSES = (
    "{who}会先{does}{thing}，再交给{what}",
    "{what}真正影响的是{gain}，而不是{gain2}",
    "把 `{latin}` 调到 {n} 以后，{gain}提升了 {p}%",
    "{what}和{what2}解决的是同一个问题，区别在于谁来{does}{thing}",
    "只要{who}保证{thing}不丢，{what}就可以放心地{does}",
    "**{what}**的代价是{gain}下降约 {p}%",
    "{who}默认每 {n} 步{does}一次{thing}",
    "当 `{latin}` 超过 {n} 时，{what}的收益会被{gain2}抵消",
    "{what2}失败之后由{who}负责{does}{thing}",
    "{gain}的瓶颈通常不在{what}，而在*{what2}*",
    "没有{what}，{who}就必须保留全部{thing}",
    "在 {n} 个节点上重复实验，{gain}的波动不到 {p}%",
    "{what}要求{thing}有序，{what2}则没有这个限制",
    "{who}把{thing}分成 {n} 份，各自独立地{does}",
)
ITEMS = (
    "**{what}**：先看{gain}，再看{gain2}",
    "确认 `{latin}` 不小于 {n}",
    "{who}重启后要{does}{thing}",
    "不要同时打开{what}和{what2}",
    "监控{gain}，低于 {p}% 时报警",
    "给{who}预留 {n} 个并发",
)
HEADINGS = (
    "为什么需要{what}",
    "{what}的工作方式",
    "{what}与{what2}",
    "推导",
    "一个最小的实现",
    "{who}里的{what}",
    "对{gain}的影响",
    "参数怎么选",
    "常见的坑",
    "实验结果",
    "小结",
)
TITLES = (
    "{what}：从原理到实现",
    "{what}为什么能改善{gain}",
    "{who}中的{what}",
    "{what}与{what2}怎么选",
    "一次{gain}下降的排查：{what}",
    "读源码：{who}如何{does}{thing}",
    "{what}的 {n} 个细节",
    "重新理解{what}与{gain}",
    "用{what}{does}{thing}",
)
ENDS = ("。", "。", "。", "；", "，")


def filled(draw: Random, pattern: str) -> str:
    """A pattern with words in its places; no word stands twice beside itself."""
    what, what2 = draw.sample(WHAT, 2)
    gain, gain2 = draw.sample(GAIN, 2)
    return pattern.format(
        what=what,
        what2=what2,
        gain=gain,
        gain2=gain2,
        who=draw.choice(WHO),
        does=draw.choice(DOES),
        thing=draw.choice(THING),
        latin=draw.choice(LATIN),
        n=draw.choice((2, 3, 4, 6, 8, 12, 16, 32, 48, 64, 128, 200, 256, 500, 1024, 4096)),
        p=draw.randint(1, 70),
    )


def paragraph(draw: Random, clauses: int) -> str:
    """So many clauses, joined to sentences."""
    parts = []
    for left in range(clauses, 0, -1):
        opening = draw.choice(OPENINGS) if draw.random() < 0.3 else ""
        end = draw.choice(ENDS) if left > 1 else "。"
        parts.append(f"{opening}{filled(draw, draw.choice(CLAUSES))}{end}")
    return "".join(parts)


def bullets(draw: Random) -> str:
    """A list, numbered or not."""
    sign = draw.choice(("-", "-", "1."))
    chosen = draw.sample(ITEMS, draw.randint(3, 5))
    return "\n".join(f"{sign} {filled(draw, item)}" for item in chosen)


def table(draw: Random) -> str:
    """A table of measurements."""
    rows = [f"| 方案 | {draw.choice(GAIN)} | 耗时 (ms) | 备注 |", "| --- | ---: | ---: | --- |"]
    for what in draw.sample(WHAT, draw.randint(3, 5)):
        value, time = draw.uniform(0, 100), draw.randint(1, 9999)
        rows.append(f"| {what} | {value:.2f} | {time} | {draw.choice(DOES)}{draw.choice(THING)} |")
    return "\n".join(rows)
